export async function resolve(s, c, next) {
  if (s.startsWith('virtual:')) return { url: s, shortCircuit: true, format: 'module' };
  return next(s, c);
}
export async function load(url, c, next) {
  if (url.startsWith('virtual:'))
    return {
      format: 'module',
      source: 'export default function v() { return ' + JSON.stringify(url) + '; }',
      shortCircuit: true,
    };
  const r = await next(url, c);
  if (url.endsWith('lib.mjs')) return { ...r, source: String(r.source).replace('BEFORE', 'AFTER') };
  return r;
}
