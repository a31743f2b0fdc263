// By the type of a node, which stays what it is.
export function evaluate(node: any): number {
  switch (node.type) {
    case 'number':
      return node.value;
    case 'add':
      return evaluate(node.left) + evaluate(node.right);
    case 'negate':
      return -evaluate(node.value);
    default:
      throw new Error(node.type);
  }
}
