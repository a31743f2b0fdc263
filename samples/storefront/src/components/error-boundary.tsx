import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What is shown in place of a part that failed. */
  fallback?: ReactNode;
}

/** Keeps an error within one part of the page. React knows such components by their class only. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return this.props.fallback ?? <p role="alert">This page failed. Others still work.</p>;
  }
}
