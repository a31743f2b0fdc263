/** What of the DevTools protocol is used here; Playwright's and Puppeteer's sessions both fit. */
export interface Cdp {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, heard: (params: never) => void): unknown;
  detach(): Promise<void>;
}

export interface ScriptParsed {
  scriptId: string;
  url: string;
  sourceMapURL?: string;
  isModule?: boolean;
}

export interface CoverageRange {
  startOffset: number;
  endOffset: number;
  count: number;
}

export interface FunctionCoverage {
  functionName: string;
  ranges: CoverageRange[];
}

export interface ScriptCoverage {
  scriptId: string;
  url: string;
  functions: FunctionCoverage[];
}

export interface CallFrame {
  functionName: string;
  scriptId: string;
  url: string;
  lineNumber: number;
  columnNumber: number;
}

export interface ProfileNode {
  id: number;
  callFrame: CallFrame;
  children?: number[];
  [more: string]: unknown;
}

export interface Profile {
  nodes: ProfileNode[];
  startTime: number;
  endTime: number;
  samples?: number[];
  timeDeltas?: number[];
}
