/** An element in few characters, for people who look for it: `#cart>li.line>button`. What programs call their elements is no secret, unless it looks like one. */
import { getter, slice, uncurried } from '../core/intrinsics.ts';
import { quietly } from './patch.ts';

const MAX_PATH = 80;

export function createSelector(
  said: (text: string) => string,
): (node: Node | null | undefined) => string | null | undefined {
  // The prototypes' own: elements of a form hide the form's, and classes may have others.
  // oxlint-disable-next-line typescript/unbound-method -- bound to `call`
  const attribute = uncurried<(of: Node, name: string) => string | null>(Element.prototype.getAttribute);
  const tagOf = getter<(of: Node) => string>(Element.prototype, 'localName');
  const parentOf = getter<(of: Node) => Element | null>(Node.prototype, 'parentElement');
  const pathOf = (element: Node): string => {
    const id = attribute(element, 'id');
    if (id) return `#${id}`;
    const name = attribute(element, 'class')?.trim().split(' ')[0];
    const parent = parentOf(element);
    const tag = tagOf(element) + (name ? `.${name}` : '');
    return parent ? `${pathOf(parent)}>${tag}` : tag;
  };
  return (node) =>
    quietly(() => node && said(slice(pathOf(node.nodeType === 3 ? parentOf(node)! : node), -MAX_PATH)));
}
