/** What the bundler's plugin tells the probe: written into the file that pages load. */
export interface BrowserSettings {
  /** Names a `BuildFile`. */
  build: string;
  /** Where batches go: a URL, or a path of the page's own origin. */
  collector: string;
  /** Lets pages of this build in. */
  token: string;
  /** Site ids of the build are 1 … sites; 0: modules say so as they begin. */
  sites: number;
  tier: 'minimal' | 'performance';
  /** Origins, beside the page's own, whose requests carry the W3C trace context: they must allow the header `traceparent`. False: no request does. */
  propagate?: readonly string[] | false;
  /** Of tokens that stand for secrets, 16 hex digits: those of one key can be compared. */
  privacyKey?: string | undefined;
}
