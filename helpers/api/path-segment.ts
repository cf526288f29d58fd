/**
 * Whether a text, percent-encoded, is one segment of a path to every server: a dot segment walks up even when it is
 * encoded, and some servers decode a slash before they look at the path.
 */
export const isPathSegment = (text: string): boolean =>
  text !== '' && !/^\.{1,2}(?:;|$)/.test(text) && !/[\p{Cc}\p{Cs}/\\?#%]/u.test(text);
