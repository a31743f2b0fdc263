// One connection answers one question at a time.
export async function transfer(pool: any, from: string, to: string) {
  return pool.transaction(async (tx: any) => {
    const source = await tx.findAccount(from);
    const target = await tx.findAccount(to);
    await tx.update(source.id, target.id);
  });
}
