import { childAt, Field, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { type Member, membersOf, ownFieldsIn, parameterFields } from '../facts/members.ts';
import { asksForData } from '../facts/data.ts';
import { nodesIn } from '../facts/places.ts';
import { functionName } from '../facts/names.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

const READS = /^(?:find|get|list|load|fetch|search|count|exists?|has|all|by|query|read|select)(?:$|[A-Z])/;
const WRITES =
  /^(?:save|add|create|insert|update|upsert|delete|remove|store|put|persist|set|mark|archive)(?:$|[A-Z])/;
const CALLED = /(?:Repository|Repo|Dao|DAO)$/;
/** They answer somebody else, and only pass on what they are asked. */
const OTHERS = /(?:Controller|Service|Handler|Resolver|Cache|Client|Router|Api|Gateway|Proxy|Manager)$/;
const ANSWERS = /^_?(?:req|request|res|ctx|context|c)$/;

const methodsOf = (tree: Tree, holder: number): Member[] => membersOf(tree, holder).filter(({ fn, kind }) => fn !== NONE && kind !== 'constructor'); // prettier-ignore

const readsAndWrites = condition(
  'with methods that find and methods that save, or called a repository',
  (file, at) => {
    const { tree } = file;
    if (CALLED.test(nameOf(file, at))) return methodsOf(tree, at).length >= 2;
    const names = methodsOf(tree, at).map(({ name }) => name.replace(/^[#_]/, ''));
    return names.filter((name) => READS.test(name)).length >= 1 && names.filter((name) => WRITES.test(name)).length >= 1 && names.filter((name) => READS.test(name) || WRITES.test(name)).length >= 3; // prettier-ignore
  },
);

const ownsData = condition('which ask a database, or keep the objects themselves', (file, at) => {
  const { tree } = file;
  const methods = methodsOf(tree, at);
  const asking = methods.filter(({ fn }) =>
    nodesIn(tree, fn, Kind.CallExpression, true).some((call) => asksForData(file, call)),
  );
  const name = nameOf(file, at);
  if (CALLED.test(name) || /(?:Repository|Repo)\b/.test(superOf(file, at)))
    return asking.length >= 2 || keepsThem(tree, at, methods);
  if (OTHERS.test(name) || methods.some(({ fn }) => answersRequests(tree, fn))) return false;
  return asking.length * 2 > methods.length && asking.length >= 3;
});

/** A field that most methods use. */
function keepsThem(tree: Tree, holder: number, methods: readonly Member[]): boolean {
  const own = new Set(methods.map(({ name }) => name));
  const fields = methods.flatMap(({ fn }) => [...ownFieldsIn(tree, fn)].filter((name) => !own.has(name)));
  const isField = fields.some((name) => fields.filter((each) => each === name).length * 2 > methods.length);
  const make = membersOf(tree, holder).find(({ kind }) => kind === 'constructor');
  return (
    isField ||
    (make !== undefined && make.fn !== NONE && parameterFields(tree, make.fn).length > 0 && fields.length > 0)
  );
}

const answersRequests = (tree: Tree, fn: number): boolean => {
  const param = childAt(tree, fn, Field.params);
  return param !== NONE && ANSWERS.test(textOf(tree, param));
};

function nameOf({ tree }: Source, at: number): string {
  const id = childAt(tree, at, Field.id);
  return id === NONE ? functionName(tree, at) : textOf(tree, id);
}

function superOf({ tree, text }: Source, at: number): string {
  const base = childAt(tree, at, Field.superClass);
  return base === NONE ? '' : text.slice(tree.start[base], tree.end[base]);
}

export const repository = pattern({
  name: 'repository',
  kind: 'design',
  what: 'A class or object finds and saves things of one kind, so that nobody else need know how they are stored',
  why: 'Where data come from is said once, and can be another one in tests',
  todo: 'let nothing of the database out of it, and give it a question for many wherever somebody asks for one in a loop',
  severity: 1,
  confidence: 'likely',
  match: node('ClassDeclaration', 'ClassExpression', 'ObjectExpression')
    .where(readsAndWrites, ownsData)
    .with('its methods', ({ tree }, at) => ({
      repository: at,
      ...Object.fromEntries(methodsOf(tree, at).map(({ fn }, nth) => [`method ${nth + 1}`, fn])),
    })),
  proof: { fact: 'ran', of: ['method'] },
  told: ({ file, node: at }) => `${nameOf(file, at) || 'an object'} finds and saves things of one kind`,
});
