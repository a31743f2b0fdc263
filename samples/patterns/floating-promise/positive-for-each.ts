// forEach waits for nobody: "done" is told at once.
export async function migrate(rows: object[], insert: (row: object) => Promise<void>) {
  rows.forEach(async (row) => {
    await insert(row);
  });
  console.log('done');
}
