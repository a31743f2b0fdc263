// Fifty at a time, by parts.
export async function importAll(records: object[], send: (record: object) => Promise<void>) {
  for (let at = 0; at < records.length; at += 50) {
    await Promise.all(records.slice(at, at + 50).map(async (record) => await send(record)));
  }
}
