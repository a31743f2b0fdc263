// Put in, and taken out again: undo steps are called one at a time.
export class Undo {
  private steps: (() => void)[] = [];

  did(step: () => void) {
    this.steps.push(step);
  }

  undo() {
    const step = this.steps.pop();
    step?.();
  }
}
