/** An element in few characters, for people who look for it: `#cart>li.line>button`. What programs call their elements is no secret, unless it looks like one. */
import { getter, slice, uncurried } from '../core/intrinsics.ts';

const MAX_PATH = 80;

export function createSelector(said: (text: string) => string): (node: Node | null) => string | undefined {
  // oxlint-disable-next-line typescript/unbound-method -- bound to `call`
  const attribute = uncurried<(of: Node, name: string) => string | null>(Element.prototype.getAttribute);
  const tagOf = getter<(of: Node) => string>(Element.prototype, 'localName');
  const parentOf = getter<(of: Node) => Element | null>(Node.prototype, 'parentElement');
  // By the prototypes' own: elements of a form hide the form's.
  return (node) => {
    let path = '';
    let id: string | null = '';
    let at = node?.nodeType === 3 ? parentOf(node) : node;
    for (; at?.nodeType === 1 && !id && path.length < MAX_PATH; at = parentOf(at)) {
      id = attribute(at, 'id');
      const [name] = (attribute(at, 'class') ?? '').trim().split(' ', 1);
      const part = id ? `#${id}` : tagOf(at) + (name && `.${name}`);
      path = path ? `${part}>${path}` : part;
    }
    return path ? said(slice(path, -MAX_PATH)) : undefined;
  };
}
