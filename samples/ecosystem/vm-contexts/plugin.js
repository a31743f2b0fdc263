(function () {
  function sum(numbers) {
    log.push(`sum of ${numbers.length}`);
    return numbers.reduce((total, each) => total + each, answer);
  }
  const list = () => [1, 2, 3].map((each) => each * 2);
  function fail(where) {
    throw new RangeError(`failed ${where}`);
  }
  return {
    sum,
    list,
    fail,
    evaluate(code) {
      try {
        return eval(code);
      } catch (error) {
        return error.name;
      }
    },
  };
})();
