/**
 * CodeMirror within a shadow tree. There it takes constructed style sheets; in the page itself it would add `<style>` elements, which the
 * policy of the page refuses. Colours and fonts are those of the page: variables reach into shadow trees.
 */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export function mountEditor(host: HTMLElement, state: EditorState): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  return new EditorView({ state, parent: root, root });
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--syn-kw)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--syn-str)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--syn-com)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--syn-num)' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))], color: 'var(--syn-fn)' }, // prettier-ignore
  { tag: [tags.typeName, tags.className], color: 'var(--syn-fn)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--tx-1)', backgroundColor: 'transparent', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  // What stands there, character by character.
  '.cm-scroller': { fontFamily: 'var(--mono)', fontVariantLigatures: 'none', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--accent)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--tx-3)' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--bg-3) 45%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-placeholder': { color: 'var(--tx-3)' },
  '.cm-wrong': { textDecoration: 'underline wavy var(--err)', backgroundColor: 'var(--err-soft)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-2)',
    borderRadius: '7px',
    backgroundColor: 'var(--bg-1)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--tx-1)',
  },
  '.cm-completionDetail': { color: 'var(--tx-3)', fontStyle: 'normal' },
});

/** How text looks where it is written; source that is only read has looks of its own. */
export const looks: Extension = [look, syntaxHighlighting(colours)];
