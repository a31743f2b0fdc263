function used() { return 1; }
function unused() {}
used();
