// Dark or light: as the system has it, or as the button says.

import {element} from "./dom.js";

export function themeButton() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let isDark = system.matches;
  const button = element("button", {type: "button", class: "theme"});
  const show = () => {
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    button.textContent = isDark ? "Light" : "Dark";
  };
  button.addEventListener("click", () => { isDark = !isDark; show(); });
  system.addEventListener("change", () => { isDark = system.matches; show(); });
  show();
  return button;
}
