let word;
export async function initialize({ port, word: w }) {
  word = w;
  port.postMessage(w);
  return w;
}
export async function load(url, c, next) {
  if (url.endsWith('.txt'))
    return { format: 'module', source: 'export default ' + JSON.stringify(word), shortCircuit: true };
  return next(url, c);
}
