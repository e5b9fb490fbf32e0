// Redoc adds style elements while it runs. The page's policy lets in those that carry its nonce.
"use strict";
const nonce = document.currentScript.nonce;
const create = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = create(name, options);
  if (String(name).toLowerCase() === "style") {
    element.nonce = nonce;
  }
  return element;
};
