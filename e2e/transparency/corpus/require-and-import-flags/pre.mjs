function pre() {
  globalThis.order.push('import');
}
pre();
