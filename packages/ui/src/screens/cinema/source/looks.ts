/** How the editor looks: by the page's own variables, so that a change of theme needs nothing of us. */
import { EditorView } from '@codemirror/view';

export const looks = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--bg-1)', color: 'var(--tx-1)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  // What stands there, character by character.
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontVariantLigatures: 'none',
    lineHeight: '20px',
    overflow: 'auto',
  },
  '.cm-content': { padding: '4px 0' },
  '.cm-line': { padding: '0 12px 0 10px' },
  '.cm-gutters': { backgroundColor: 'var(--bg-1)', color: 'var(--tx-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 4px 0 6px' },
  '.counts .cm-gutterElement': {
    minWidth: '44px',
    textAlign: 'right',
    padding: '0 6px 0 2px',
    fontSize: '11px',
    borderRight: '3px solid transparent',
  },
  '.counts .heat-1': { borderRightColor: 'var(--heat-2)' },
  '.counts .heat-2': { borderRightColor: 'var(--heat-3)' },
  '.counts .heat-3': { borderRightColor: 'var(--heat-4)' },
  // Grey, not paler: it is to be read, too.
  '.dim, .dim span': { color: 'var(--tx-3) !important' },
  '.now': { backgroundColor: 'var(--play-soft)', boxShadow: 'inset 2px 0 0 var(--play)' },
  '.failed': { backgroundColor: 'var(--err-soft)' },
  '.now.failed': { boxShadow: 'inset 2px 0 0 var(--err)' },
  '.pills': { marginLeft: '18px', whiteSpace: 'nowrap' },
  '.pill': {
    marginRight: '6px',
    padding: '1px 6px',
    borderRadius: '4px',
    fontSize: '11px',
    color: 'var(--val)',
    backgroundColor: 'color-mix(in srgb, var(--val) 12%, transparent)',
  },
  '.pill.error': {
    // On crimson, crimson is not to be read.
    color: 'color-mix(in srgb, var(--err) 60%, var(--tx-1))',
    backgroundColor: 'color-mix(in srgb, var(--err) 14%, transparent)',
  },
});
