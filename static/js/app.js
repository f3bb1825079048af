import { showMinutes } from "./status.js";
import { prepare, show } from "./tabs.js";

function enter() {
  document.body.classList.add("entered");
  document.getElementById("welcome").hidden = true;
  document.getElementById("work").hidden = false;
  showMinutes();
}

prepare();
document.getElementById("try").addEventListener("click", enter);
if (location.hash === "#talk" || location.hash === "#reading") {
  enter();
  show(location.hash.slice(1));
}
