// Each is drawn: a list of parts, which do not listen to anything.
export class Drawing {
  private shapes: { draw(): void }[] = [];

  add(shape: { draw(): void }) {
    this.shapes.push(shape);
  }

  draw() {
    for (const shape of this.shapes) shape.draw();
  }
}
