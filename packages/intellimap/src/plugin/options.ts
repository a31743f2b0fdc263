/** What users tell the plugin, whichever bundler it is for, and whether that, and where it runs, mean that it records. */
import { recordedHere } from './dev-run.ts';

export interface IntelliMapOptions {
  /** Globs, relative to the workspace, of files that are recorded beside the usual, those of `node_modules` included; absent: `record.include` of the workspace. */
  include?: string[];
  /** Globs of files that are not recorded; they win. Absent: `record.exclude`. */
  exclude?: string[];
  /**
   * Bundles for production record themselves, too. Absent: those that are made under `intellimap run`, or with `INTELLIMAP=1` in the environment, do.
   * `false`: none do.
   */
  build?: boolean;
  /**
   * Origins, beside the page's own, whose requests tell which trace they are part of (the header `traceparent`, which these must allow): `https://api.example.com`.
   * `false`: no request does.
   */
  propagate?: string[] | false;
}

/** Whether a bundle that is no dev server's is recorded. */
export const isBuildWanted = (options: IntelliMapOptions): boolean =>
  wantsBuild(options, process.env, recordedHere() !== undefined);

/** The same, pure. @param isRecorded the bundler itself runs under `intellimap run` */
export const wantsBuild = (
  { build }: IntelliMapOptions,
  environment: Record<string, string | undefined>,
  isRecorded: boolean,
): boolean => build ?? (isRecorded || /^(?:1|true|yes|on)$/i.test(environment['INTELLIMAP'] ?? ''));
