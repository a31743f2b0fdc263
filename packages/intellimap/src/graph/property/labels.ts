/** What an edge of the property graph says, beside what the tree says by itself. Nodes are those of the tree. */
export const Label = {
  /** An identifier → the node that declares what it means. */
  REF: 0,
  /** What is evaluated → what is evaluated next. */
  NEXT: 1,
  /** The same where something was true, and where it was not. */
  TRUE: 2,
  FALSE: 3,
  /** The same where it failed. */
  THROW: 4,
  /** A write → a read of what it wrote. */
  VALUE: 5,
  /** The same where other bodies write and read, too, over the node that declares the variable: a write → that node → a read. */
  MAY: 6,
  /** A decision → what is evaluated or not because of it. */
  CONTROL: 7,
} as const;

export const LABEL_NAMES = Object.keys(Label).map((name) => name.toLowerCase()) as Lowercase<
  keyof typeof Label
>[];
