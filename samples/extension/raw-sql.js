import { definePattern } from 'intellimap/extend';

export const rawSql = definePattern({
  name: 'acme/raw-sql',
  kind: 'anti',
  what: 'A statement is put together from texts',
  why: 'Whatever stands in the texts becomes part of the statement',
  todo: 'bind values by name',
  severity: 3,
  nodes: ['CallExpression'],
  says: ['of db.query', 'whose text is a template with values in it'],
  match(node) {
    const [statement] = node.children('arguments');
    if (!/(^|\.)db\.query$/.test(node.callee) || statement?.type !== 'TemplateLiteral') return false;
    return statement.children('expressions').length > 0 && { statement };
  },
  proof: { fact: 'ran' },
  told: (node) => `asks ${node.callee}() for a text that it has put together`,
});
