const { later } = require('./clock');

exports.send = async (to, text) => {
  await later(10);
  return `sent "${text}" to ${to}`;
};
exports.sendAll = (people, text) => Promise.all(people.map((person) => exports.send(person, text)));
