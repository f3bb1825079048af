"""What counts as a function in our scripts, so that the guard of sizes (test_tree.py) misses none."""

from tests.support.scripts import Function, functions

SCRIPT = r"""
// function no() {
const text = "{ => {" + 'function no() {';
const pattern = /[/{]\/{2,}/g.test(text) ? 1 / 2 : 4 / 2;
export function plain({ a = {} }, [b] = []) {
  for await (const one of a) if (one) { b(`${one ? `{${one}` : "}"} \` {`); }
}
class Thing extends Other {
  #field = { of: 1 };
  get value() { return html`<p @click=${() => {
    this.go();
  }}>}</p>`; }
  async *#walk(
    one,
  ) {
    try { yield one; } catch (error) { throw error; }
  }
}
const arrow = async (one) => {
  switch (one) { default: return function () { return 1; }; }
};
const short = (one) => one / 2 / 3;
"""


def test_functions_are_found_with_their_lines() -> None:
    assert sorted(functions(SCRIPT)) == sorted(
        [
            Function("plain", 3),
            Function("value", 3),
            Function("=>", 3),
            Function("#walk", 5),
            Function("=>", 3),
            Function("function", 1),
        ]
    )
