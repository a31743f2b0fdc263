const length = process.env.SET_BEFORE.length;
export async function load(url, context, next) {
  const answer = await next(url, context);
  return url.endsWith('lib.mjs') ? { ...answer, source: `${answer.source}\nexport const length = ${length};` } : answer;
}
