/** One program text, read once: its syntax, its functions with the ids and places that recordings have, and what is made of them when somebody asks for it. Pure. */
import type { Site, SiteTable } from '../../base/recording.ts';
import { type Goal, type Lang, type Lines, linesOf, readFile, type ReadFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import type { Flow } from '../flow/flow.ts';
import { type Metrics, metricsOf } from '../metrics/metrics.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { ssasOf } from '../ssa/build.ts';
import type { Ssa } from '../ssa/ssa.ts';
import { flatten } from '../tree/flatten.ts';
import { isFunction, Kind, type Tree } from '../tree/tree.ts';
import { extentOf } from './extent.ts';

export interface SourceOptions {
  /** Relative to the workspace, with forward slashes: ids begin with it. */
  path: string;
  lang: Lang;
  goal: Goal;
}

/** A function, a static block or the body of the module, as recordings know it. */
export interface SourceFunction {
  /** Who owns its body (`bodyOwner`): of a method the function in its definition, of the module 0. */
  node: number;
  /** The node that its extent is of (`extentOf`): of a method its definition. */
  extent: number;
  site: Site;
}

export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lang: Lang;
  readonly isModule: boolean;
  readonly tree: Tree;
  readonly table: SiteTable;
  readonly lines: Lines;
  private readonly functionAt: ReadFile['functionAt'];
  private known: {
    scopes?: Scopes;
    functions?: SourceFunction[];
    flows?: Flow[];
    ssas?: Ssa[];
    metrics?: Metrics;
  } = {};

  /**
   * @param read the text if somebody read it already; its objects are not kept, which take five times what columns do
   * @throws SyntaxError
   */
  constructor(
    text: string,
    { path, lang, goal }: SourceOptions,
    read = readFile(text, { path, lang, goal }),
  ) {
    this.path = path;
    this.text = text;
    this.lang = lang;
    this.isModule = goal === 'module';
    this.tree = flatten(read.program, text);
    this.table = read.table;
    this.functionAt = read.functionAt;
    this.lines = linesOf(text);
  }

  /** In the order of the text, the module first. */
  get functions(): readonly SourceFunction[] {
    return (this.known.functions ??= this.listed());
  }

  get scopes(): Scopes {
    return (this.known.scopes ??= resolveScopes(this.tree, this.isModule));
  }

  get flows(): readonly Flow[] {
    return (this.known.flows ??= flowsOf(this.tree));
  }

  /** By flow. */
  get ssas(): readonly Ssa[] {
    return (this.known.ssas ??= ssasOf(this.tree, this.flows, this.scopes));
  }

  get metrics(): Metrics {
    return (this.known.metrics ??= metricsOf(this.tree, this.scopes, this.lines));
  }

  /** What recordings know of who owns a body; undefined: they know none there, as of a field's initialiser. */
  siteOf(owner: number): Site | undefined {
    return owner === 0 ? this.table.sites[0] : this.siteAt(extentOf(this.tree, owner));
  }

  /** The same by the node that its extent is of. */
  siteAt(node: number): Site | undefined {
    const ordinal = this.functionAt({ type: '', start: this.tree.start[node], end: this.tree.end[node] });
    return ordinal === undefined ? undefined : this.table.sites[ordinal];
  }

  private listed(): SourceFunction[] {
    const { tree, table } = this;
    const found: SourceFunction[] = [{ node: 0, extent: 0, site: table.sites[0] }];
    for (let node = 1; node < tree.size; node++) {
      if (!isFunction(tree, node) && tree.kind[node] !== Kind.StaticBlock) continue;
      const extent = extentOf(tree, node);
      const site = this.siteAt(extent);
      if (site !== undefined) found.push({ node, extent, site });
    }
    return found;
  }
}
