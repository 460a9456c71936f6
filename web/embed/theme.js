// Sets the theme that the address of the frame asks for, before the first paint. Nothing is stored for embeds, nor read.
{
  const theme = new URLSearchParams(location.search).get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
