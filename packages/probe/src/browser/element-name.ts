/** An element in few characters, for people who look for it: `button#add`, `#cart>li.line>button`. What programs call their elements is no secret, unless it looks like one. */
import { getter, uncurried } from '../core/intrinsics.ts';

/** The prototypes' own: elements of a form hide the form's, and classes may have others. Undefined where there are no elements. */
const element = globalThis.document && Element.prototype;
export const attribute =
  element &&
  uncurried<(of: Node, name: string) => string | null>(
    // oxlint-disable-next-line typescript/unbound-method -- bound to `call`
    element.getAttribute,
  );
const tagOf = element && getter<(of: Node) => string>(element, 'localName');
const parentOf = element && getter<(of: Node) => Element | null>(Node.prototype, 'parentElement');

/** Its tag, with its id or else its name or first class. */
export function shortName(of: Node): string {
  const id = attribute(of, 'id');
  const name = attribute(of, 'name');
  const type = attribute(of, 'class')?.trim().split(' ')[0];
  return tagOf(of) + (id ? `#${id}` : name ? `[name=${name}]` : type ? `.${type}` : '');
}

export function pathOf(of: Node): string {
  if (of.nodeType === 3) return pathOf(parentOf(of)!);
  const parent = attribute(of, 'id') ? null : parentOf(of);
  return (parent ? `${pathOf(parent)}>` : '') + shortName(of);
}
