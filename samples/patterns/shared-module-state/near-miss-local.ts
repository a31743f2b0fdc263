// A variable of the function, by the same name as one of the module.
let user = 'nobody';

export async function greet(req: { name: Promise<string> }, res: { end(text: string): void }) {
  let user = await req.name;
  user = user.trim();
  res.end(`hello ${user}`);
}

export const fallback = () => user;
