/** Slices, as `slice --json` tells them. */
import { count, integer, list, object, oneOf, orNull, type Shape, text, yesNo } from '../../base/shape.ts';
import type { SliceAnswer, SlicedFile, SlicedFunction, SlicedLine, SliceStart, SliceStop } from '../../graph/index.ts'; // prettier-ignore

const start = object<SliceStart>({
  path: text('source_files.path'),
  line: integer('From 1.'),
  column: orNull(integer('From 1.'), 'none was given'),
  name: orNull(text(), 'none was given'),
});

const line = object<SlicedLine>({
  line: integer(),
  text: text('As it is written.'),
  isStart: yesNo('It was asked for.'),
  why: list(
    oneOf(
      ['data', 'control', 'call', 'memory'],
      'data: its value is used; control: it decides whether that happens; call: a call leads there; memory: it may be what is found in a variable that several functions write, or in a property.',
    ),
  ),
  of: list(
    object({ path: orNull(text('The other file.'), 'the same file'), line: integer() }),
    'Lines that it is there for: backward those that depend on it, forward those that it depends on.',
  ),
  function: orNull(text('source_functions.ast_node_id'), 'what initialises a field'),
});

export const sliceAnswer: Shape<SliceAnswer> = object<SliceAnswer>({
  start,
  direction: oneOf(['backward', 'forward']),
  isFull: yesNo('What is found by a name alone was followed, too: --full.'),
  files: list(object<SlicedFile>({ path: text(), lines: list(line) }), 'That of the start first.'),
  stops: list(
    object<SliceStop>({ path: text(), line: integer(), why: text('In words.') }),
    'Where the text leads further, and the slice does not.',
  ),
  functions: list(
    object<SlicedFunction>({
      id: text('source_functions.ast_node_id'),
      name: text(),
      line: integer(),
      calls: count('In the run.'),
      isSeen: yesNo('The run would have told of a call.'),
    }),
    'Functions that lines of it lie in.',
  ),
});
