import { childAt, Field, Kind } from '../../tree/tree.ts';
import { type Draft, given } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import { clientExpression, fits, partsOf, shown } from '../paths.ts';
import type { Site } from '../site.ts';
import type { Frame, Made } from '../values/made.ts';
import { UNKNOWN } from '../values/made.ts';
import { HOLE, propertyTexts } from '../values/texts.ts';
import { type Context, contextsOf } from '../wrapped.ts';

const PACKAGES = String.raw`axios(?:\.create\(\))?|got(?:\.extend\(\)|\.got)?|ky(?:\.create\(\)|\.extend\(\))?|superagent|needle|undici|node-fetch|cross-fetch|ofetch`;
const PLAIN = new RegExp(
  `^(?:fetch|(?:${PACKAGES})(?:\\.(?:request|fetch|ofetch|\\$fetch|stream))?|https?\\.(?:request|get))$`,
);
const VERB = new RegExp(`^(?:${PACKAGES})\\.(get|post|put|patch|delete|head|options|del)$`);
const SOCKET =
  /^(?:WebSocket|ws(?:\.WebSocket)?|EventSource|navigator\.sendBeacon|socket\.io-client(?:\.io)?)$/;

export const clients: ThingKind = {
  name: 'clients',
  what: 'Requests that the program makes: fetch, http.request, axios, got, ky, undici, superagent, WebSocket; through functions of its own that wrap these',
  targets: new RegExp([PLAIN, VERB, SOCKET].map(({ source }) => source).join('|')),
  found(site, draft) {
    const all = given(site);
    const [url, options] = all;
    if (url === undefined) return;
    const written = draft.texts(site.file, url, UNKNOWN);
    const isOpen = written.some(saysLittle) || methodsOf(site, draft, options, UNKNOWN).includes(HOLE);
    const contexts = contextsOf(draft.values, site.file, site.node, all, isOpen);
    const several = contexts.length > 1;
    for (const context of contexts) {
      const urls = urlsOf(site, draft, url, context.frame);
      const methods = methodsOf(site, draft, options ?? url, several ? context.frame : null);
      // Which method goes with which URL is not known where both are several.
      const verbs = urls.length > 1 && methods.length > 1 ? ['*'] : methods;
      for (const each of urls)
        for (const verb of verbs) add(site, draft, context, verb === HOLE ? '*' : verb, each);
    }
  },
};

/** A text that a parameter says the path of: `/api${path}`, not `/users/${id}`. */
const saysLittle = (text: string): boolean =>
  text === HOLE || /^(?:\w+:\/\/[^/]*|\0)?(?:\/[\w-]+)?\0/.test(text.replace(/^\0(?=\/)/, '')) || /^\w+:\/\/[^/]*\0$/.test(text); // prettier-ignore

function add(site: Site, draft: Draft, context: Context, method: string, url: string): void {
  const { file, node, target } = site;
  const { host, path } = partsOf(url);
  const isKnown = host !== null || path.replaceAll(HOLE, '').length > 1 || url === '/';
  const reason = isKnown ? null : 'its URL is computed';
  const name = `${SOCKET.test(target) ? 'WS' : method} ${isKnown ? shown(host === null ? path : url.replace(/[?#].*$/, '')) : '(computed)'}`;
  const id = draft.node('client', name, { file, node, madeWith: target.replaceAll('()', ''), reason, matches: isKnown ? clientExpression(method, url) : null }); // prettier-ignore
  draft.edge(draft.around(context), id, 'requests', { file: context.file, node: context.node, reason });
  if (!isKnown) return;
  draft.later.push(() => draft.later.push(() => toRoutes(site, draft, id, method, url)));
} // prettier-ignore

/** To the route that fits best. */
function toRoutes({ file, node }: Site, draft: Draft, id: string, method: string, url: string): void {
  const all = [...draft.paths].flatMap(([route, { method: verb, paths }]) => {
    const best = paths.map((path) => fits({ method, url }, { method: verb, path })).filter((each) => each !== null);
    return best.length === 0 ? [] : [{ route, score: Math.max(...best) }];
  });
  const most = Math.max(0, ...all.map(({ score }) => score));
  for (const { route, score } of all)
    if (score === most && score > 1) draft.edge(id, route, 'requests', { file, node, certainty: 'likely', reason: 'method and path fit' }); // prettier-ignore
} // prettier-ignore

function urlsOf({ file, receiver, target }: Site, draft: Draft, url: number, frame: Frame | null): string[] {
  const made = draft.values.of(file, url, frame);
  const objects = made.filter((each) => each.file.tree.kind[each.node] === Kind.ObjectExpression);
  const texts =
    objects.length > 0
      ? objects.flatMap((each) => ofOptions(each, draft, target.startsWith('https') ? 'https' : 'http'))
      : draft.texts(file, url, frame);
  const bases = receiver === null || !/\.(?:create|extend)\(\)/.test(target) ? [] : basesOf(receiver, draft);
  return bases.length === 0 ? texts : texts.flatMap((text) => /^\w+:/.test(text) ? text : bases.map((base) => `${base.replace(/\/$/, '')}/${text.replace(/^\//, '')}`)); // prettier-ignore
}

/** `http.request({ hostname, path })`, `axios({ url })` */
function ofOptions({ file, node, frame }: Made, draft: Draft, scheme: string): string[] {
  const text = (name: string): string[] => propertyTexts(draft.values, file, node, name, frame);
  const [path] = [...text('url'), ...text('path'), ...text('pathname')];
  const [host] = [...text('hostname'), ...text('host'), ...text('baseURL'), ...text('origin')];
  if (path !== undefined && /^\w+:/.test(path)) return [path];
  const where = host === undefined || host === HOLE ? '' : /^\w+:/.test(host) ? host.replace(/\/$/, '') : `${scheme}://${host}`; // prettier-ignore
  return [`${where}${path ?? (where === '' ? HOLE : '/')}`];
}

/** `axios.create({ baseURL })`, `ky.extend({ prefixUrl })` */
const basesOf = ({ file, node, frame }: Made, draft: Draft): string[] => {
  const first = childAt(file.tree, node, Field.arguments);
  return ['baseURL', 'prefixUrl', 'baseUrl'].flatMap((name) =>
    propertyTexts(draft.values, file, first, name, frame),
  );
};

function methodsOf({ file, target }: Site, draft: Draft, options: number | undefined, frame: Frame | null): string[] {
  const verb = VERB.exec(target)?.[1];
  if (verb !== undefined) return [verb === 'del' ? 'DELETE' : verb.toUpperCase()];
  if (target.endsWith('.get') || SOCKET.test(target) || options === undefined) return ['GET'];
  const isObject = draft.values.of(file, options).some((each) => each.file.tree.kind[each.node] === Kind.ObjectExpression);
  if (!isObject) return draft.values.of(file, options).length === 0 && file.tree.kind[options] === Kind.Identifier ? [HOLE] : ['GET'];
  const found = propertyTexts(draft.values, file, options, 'method', frame).map((text) => text.toUpperCase());
  if (found.length > 0) return found;
  // It says a method, and nobody knows which.
  return file.text.slice(file.tree.start[options], file.tree.end[options]).includes('method') ? [HOLE] : ['GET'];
} // prettier-ignore
