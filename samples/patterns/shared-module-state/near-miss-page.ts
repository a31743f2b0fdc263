// A page has one user: nothing of another one can get in.
let title = '';

export async function load(name: string) {
  title = name;
  const answer = await fetch(`/articles/${name}`);
  document.body.innerHTML = await answer.text();
  show();
}

function show() {
  document.title = title;
}
