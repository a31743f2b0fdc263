/** Where SQL is written: names of tables and columns are offered, what is wrong is underlined. */
import { acceptCompletion, autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Compartment, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { looks, mountEditor } from '../../code/editor.ts';
import type { Answered } from '../../api/ask.ts';

export interface EditorHandle {
  /** Instead of all that is there. */
  set(text: string): void;
  /** Where the cursor is. */
  insert(text: string): void;
  focus(): void;
}

interface Props {
  start: string;
  tables: Answered<'tables'>;
  /** UTF-16 units from the beginning; null: nothing is wrong, or it is not known where. */
  wrongAt: number | null;
  onChange: (text: string) => void;
  onRun: () => void;
  onPin: () => void;
  ref: Ref<EditorHandle>;
}

/** DuckDB's dialect is close to PostgreSQL's. */
const language = new Compartment();

export function Editor({ start, tables, wrongAt, onChange, onRun, onPin, ref }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef({ onChange, onRun, onPin });
  told.current = { onChange, onRun, onPin };

  useEffect(() => {
    const made = mountEditor(
      host.current!,
      EditorState.create({
        doc: start,
        extensions: [
          Prec.highest(keymap.of([{ key: 'Mod-Shift-Enter', run: () => (told.current.onPin(), true) }, { key: 'Mod-Enter', run: () => (told.current.onRun(), true) }, { key: 'Tab', run: acceptCompletion }])), // prettier-ignore
          history(),
          lineNumbers(),
          drawSelection(),
          highlightActiveLine(),
          autocompletion({ icons: false }),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          placeholder('select name, self_ms from hot_functions order by self_ms desc limit 20'),
          language.of(dialect([])),
          wrong,
          looks,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) told.current.onChange(state.doc.toString());
          }),
        ],
      }),
    );
    view.current = made;
    return () => made.destroy();
    // The text it begins with counts once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => view.current?.dispatch({ effects: language.reconfigure(dialect(tables)) }), [tables]);
  useEffect(() => view.current?.dispatch({ effects: mark.of(wrongAt) }), [wrongAt]);

  useImperativeHandle(ref, () => ({
    set: (text) =>
      view.current?.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert: text } }),
    insert: (text) => {
      view.current?.dispatch(view.current.state.replaceSelection(text));
      view.current?.focus();
    },
    focus: () => view.current?.focus(),
  }));

  return <div className="sql-editor" ref={host} />;
}

const dialect = (tables: Answered<'tables'>) =>
  sql({
    dialect: PostgreSQL,
    upperCaseKeywords: false,
    schema: Object.fromEntries(
      tables.map(({ name, columns }) => [name, columns.map((column) => ({ label: column.name, detail: column.type.toLowerCase() }))]), // prettier-ignore
    ),
  });

const mark = StateEffect.define<number | null>();

/** Goes away when something is written. */
const wrong = StateField.define({
  create: () => Decoration.none,
  update(marks, { effects, docChanged, newDoc }) {
    for (const effect of effects)
      if (effect.is(mark)) {
        const from = Math.min(effect.value ?? 0, newDoc.length);
        const word = /^\w+|^\S/.exec(newDoc.sliceString(from, from + 80))?.[0].length ?? 1;
        const to = Math.min(newDoc.length, from + word);
        if (effect.value === null || newDoc.length === 0) return Decoration.none;
        // At the end of the text there is nothing to underline but its last letter.
        return Decoration.set([
          Decoration.mark({ class: 'cm-wrong' }).range(from === to ? from - 1 : from, to),
        ]);
      }
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});
