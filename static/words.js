// What scripts say comes with the page, in its language; "#" in it stands for a value.
const words = document.getElementById("words")?.dataset ?? {};
export const word = (name, value = "") => (words[name] ?? "").replace("#", () => value);
