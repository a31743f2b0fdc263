function pre() {
  globalThis.order = ['require'];
}
pre();
