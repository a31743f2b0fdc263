// A tool that works its way through folders by changing the working directory, and ends in one that is gone.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const shell = require('shelljs');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chdir-'));
const tidy = (text) => String(text).replaceAll(folder, '<folder>').replaceAll(__dirname, '<here>');
shell.config.silent = true;
process.chdir(folder);
for (const name of ['a', 'b', 'c']) {
  shell.mkdir('-p', `${name}/deep/er`);
  shell.cd(name);
  shell.ShellString(`module.exports = function ${name}() { return require('path').basename(process.cwd()) + '${name}'; };`).to('made.js');
  const made = require(path.resolve('made.js'));
  console.log(tidy(process.cwd()), made(), made.toString().length, shell.ls('-R').join(' '));
  shell.cd('..');
}
console.log(tidy(shell.pwd()), shell.find('.').filter((file) => file.endsWith('.js')).sort());
shell.cp('-r', 'a', 'copy');
shell.sed('-i', 'function a', 'function renamed', 'copy/made.js');
console.log(require(path.resolve('copy/made.js')).name, shell.grep('-l', 'return', '*/made.js').toString().trim().split('\n'));
const later = require('./later.cjs');
process.chdir('a/deep');
console.log(later(), tidy(require.resolve('shelljs')));
console.log(shell.exec(`"${process.execPath}" -p "process.cwd().split('/').at(-1)"`).stdout.trim());
shell.rm('-rf', folder);
try {
  process.cwd();
} catch (error) {
  console.log(error.code, error.syscall);
}
console.log(require('./gone.cjs').fromNowhere());
process.chdir(os.tmpdir());
import('./last.mjs').then(({ last }) => console.log(last()));
