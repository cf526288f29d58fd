/**
 * Returns whether every server takes a text, percent-encoded, for one segment of a path: a dot segment goes up even
 * when it is encoded, and some servers decode a slash before they split the path.
 */
export const isPathSegment = (text: string): boolean =>
  text !== '' && !/^\.{1,2}(?:;|$)/.test(text) && !/[\p{Cc}\p{Cs}/\\?#%]/u.test(text);
