// In one expression.
class Pretty {}
class Plain {}

export const printer = (stream: { isTTY: boolean }) => (stream.isTTY ? new Pretty() : new Plain());
