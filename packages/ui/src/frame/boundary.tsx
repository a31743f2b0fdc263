/** Keeps a screen that fails from taking the others with it. */
import { Component, type ReactNode } from 'react';
import { Notice } from '../parts/notice.tsx';
import { copy } from '../text/copy.ts';
import { isNotLoaded } from './not-loaded.ts';

interface State {
  error: Error | null;
}

export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (isNotLoaded(error))
      return (
        <Notice title="This screen could not be loaded: the server does not answer" tone="bad">
          <p>Start it again: intellimap open. What it prints leads to a page with all screens.</p>
        </Notice>
      );
    return (
      <Notice title="This screen failed" tone="bad">
        <p>{error.message}</p>
        <p>That is a fault of IntelliMap, not of your program. The other screens still work.</p>
        <p className="buttons">
          <button className="button" onClick={() => this.setState({ error: null })}>
            Try again
          </button>
          <button className="button" onClick={() => void copy(error.stack ?? error.message, 'the error')}>
            Copy the error
          </button>
        </p>
      </Notice>
    );
  }
}
