// Neither the object nor the method says that it is a database: the text of the question does.
const COLUMNS = 'SELECT id, name FROM tags';

export async function tagsOf(articles: { id: number }[], session: { all(sql: string, values: unknown[]): Promise<object[]> }) {
  const result = [];
  for (const article of articles) {
    result.push(await session.all(`${COLUMNS} WHERE article = ?`, [article.id]));
  }
  return result;
}
