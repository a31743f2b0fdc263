// Each time the dialog opens.
export function openDialog(dialog: { close(): void; show(): void }) {
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') dialog.close();
  });
  dialog.show();
}
