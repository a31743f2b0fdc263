/** CodeMirror, read only: text, counts and heat beside lines, values behind them. A chunk of its own. */
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  gutter,
  GutterMarker,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { mountEditor } from '../../../code/editor.ts';
import type { LineMark } from './marks.ts';
import { looks } from './looks.ts';

type Marks = ReadonlyMap<number, LineMark>;

export interface Editor {
  /** Shows a file; one that is there already stays as it is. */
  open(path: string, text: string): void;
  mark(marks: Marks): void;
  /** Brings a line into view, if it is not. */
  reveal(line: number): void;
  destroy(): void;
}

/** px above and below a line that are in view with it: four lines. */
const AROUND = 80;

const NO_MARKS: Marks = new Map();

const setMarks = StateEffect.define<Marks>();

const marksField = StateField.define<Marks>({
  create: () => NO_MARKS,
  update: (marks, { effects }) => effects.find((effect) => effect.is(setMarks))?.value ?? marks,
});

/** Lines and pills; made anew when what is known changes, for lines that something is known of. */
const decorations = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, { effects, state }) => {
    const marks = effects.find((effect) => effect.is(setMarks))?.value;
    return marks === undefined ? set : decorated(state, marks);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorated({ doc }: EditorState, marks: Marks): DecorationSet {
  const ranges = [...marks].flatMap(([line, mark]) => {
    if (line > doc.lines) return [];
    const { from, to } = doc.line(line);
    const names = [mark.isDim && 'dim', mark.isError && 'failed', mark.isNow && 'now']
      .filter(Boolean)
      .join(' ');
    return [
      ...(names === '' ? [] : [Decoration.line({ class: names }).range(from)]),
      ...(mark.values.length === 0
        ? []
        : [Decoration.widget({ widget: new Pills(mark), side: 1 }).range(to)]),
    ];
  });
  return Decoration.set(ranges, true);
}

class Pills extends WidgetType {
  readonly #mark: LineMark;

  constructor(mark: LineMark) {
    super();
    this.#mark = mark;
  }

  override eq(other: Pills): boolean {
    return JSON.stringify(this.#mark.values) === JSON.stringify(other.#mark.values);
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('span');
    box.className = 'pills';
    for (const { text, kind } of this.#mark.values) {
      const pill = document.createElement('span');
      pill.className = `pill ${kind}`;
      pill.textContent = text;
      box.append(pill);
    }
    return box;
  }
}

class Count extends GutterMarker {
  readonly #text: string;
  override readonly elementClass: string;

  constructor(text: string, heat: number) {
    super();
    this.#text = text;
    this.elementClass = `heat-${heat}`;
  }

  override eq(other: Count): boolean {
    return this.#text === other.#text && this.elementClass === other.elementClass;
  }

  override toDOM(): Node {
    return document.createTextNode(this.#text);
  }
}

const counts = gutter({
  class: 'counts',
  markers: ({ state }) => {
    const { doc } = state;
    const known = [...state.field(marksField)].filter(([line, { hits }]) => line <= doc.lines && hits !== '');
    return RangeSet.of(
      known.map(([line, { hits, heat }]) => new Count(hits, heat).range(doc.line(line).from)),
      true,
    );
  },
  initialSpacer: () => new Count('99999×', 0),
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: 'var(--syn-kw)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--syn-str)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--syn-fn)' },
  { tag: [tags.comment], color: 'var(--syn-com)' },
  {
    tag: [tags.number, tags.bool, tags.null, tags.atom, tags.typeName, tags.className],
    color: 'var(--syn-num)',
  },
]);

export function createEditor(host: HTMLElement): Editor {
  const view = mountEditor(host, EditorState.create({ doc: '' }));
  let path: string | null = null;
  // Where nothing has been looked at yet, the line comes to the middle; later the text moves no more than it has to.
  let isFresh = true;
  let marked: Marks = NO_MARKS;
  return {
    open(next, text) {
      if (next === path && view.state.doc.toString() === text) return;
      path = next;
      isFresh = true;
      marked = NO_MARKS;
      view.setState(EditorState.create({ doc: text, extensions: extensionsFor(next) }));
    },
    mark(marks) {
      // Each change is measured and drawn, were it of nothing.
      if (marks === marked || (marks.size === 0 && marked.size === 0)) return;
      marked = marks;
      view.dispatch({ effects: setMarks.of(marks) });
    },
    reveal(line) {
      if (line > view.state.doc.lines) return;
      const { from } = view.state.doc.line(line);
      view.dispatch({
        effects: EditorView.scrollIntoView(from, { y: isFresh ? 'center' : 'nearest', yMargin: AROUND }),
      });
      isFresh = false;
    },
    destroy: () => view.destroy(),
  };
}

const extensionsFor = (path: string) => [
  marksField,
  decorations,
  lineNumbers(),
  counts,
  javascript({ typescript: /\.[cm]?tsx?$/.test(path), jsx: /\.[cm]?[jt]sx$/.test(path) }),
  syntaxHighlighting(colours),
  looks,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': `Source of ${path}` }),
];
