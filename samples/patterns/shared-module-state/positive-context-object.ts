// An object instead of a variable is no better.
const context = { tenant: '', locale: 'en' };

export async function handle(req: any, res: any) {
  context.tenant = req.headers['x-tenant'];
  const rows = await query('SELECT * FROM items');
  res.end(JSON.stringify(rows));
}

async function query(sql: string) {
  return (await fetch(`https://${context.tenant}.db.internal/?q=${encodeURIComponent(sql)}`)).json();
}
