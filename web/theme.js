// Sets the theme before the first paint, so that no page flashes white first; and hides what the address does not ask for.
// A theme in the address beats the stored one; without either the system decides, and no attribute is set.
(() => {
  const themes = ["light", "dark", "system"];
  let theme = new URLSearchParams(location.search).get("theme");
  if (!theme || !themes.includes(theme)) {
    try {
      theme = localStorage.getItem("netpol.theme");
    } catch {
      theme = null; // storage is blocked, as in some embedded frames
    }
  }
  // what stands in the page is the landing text: another one must not begin with it
  if (!["", "#", "#/"].includes(location.hash)) document.documentElement.classList.add("elsewhere");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
