/** Questions about files: `modules().importing('node:fs').where((m) => m.errors.gt(0))`. */
import { type Bind, matching } from './conditions.ts';
import { MODULES, type ModuleFields, type ModuleRow } from './fields.ts';
import { Question, type Wishes } from './question.ts';

export class Modules extends Question<ModuleFields, ModuleRow> {
  protected readonly subject = MODULES;

  /** Files like this: `src/*`, where `*` stands for folders, too. */
  in(pattern: string): this {
    return this.where((m) => m.path.like(pattern));
  }

  /** That import such a file, package or builtin. */
  importing(pattern: string): this {
    return this.and(
      (bind) => `m.path IN (SELECT i.path FROM source_imports i WHERE ${isTarget(pattern, bind)})`,
    );
  }

  /** That such a file imports. */
  importedBy(pattern: string): this {
    return this.and(
      (bind) =>
        `m.path IN (SELECT i.target FROM source_imports i WHERE ${matching('i.path', pattern, bind)})`,
    );
  }

  /** That the run did not load. */
  neverLoaded(): this {
    return this.where((m) => m.isLoaded.is(false));
  }

  protected with(wishes: Wishes): this {
    return new Modules(this.answers, wishes) as this;
  }
}

/** What is imported, as it is written (`node:fs`), by the package's name, or by the file that it leads to. */
const isTarget = (pattern: string, bind: Bind): string =>
  ['i.specifier', 'i.package_name', 'i.target'].map((of) => matching(of, pattern, bind)).join(' OR ');
