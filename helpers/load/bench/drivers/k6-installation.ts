/** Instructions for installing k6. */
export const k6Installation = `k6 is built with Go (https://go.dev), into ~/go/bin, which must be on the PATH:
  go install go.k6.io/k6/v2@latest
Where Go refuses that for the replace directives of k6's module, in an empty folder:
  go mod init x && go get go.k6.io/k6/v2@v2.2.0 && go build -o ~/go/bin/k6 go.k6.io/k6/v2`;
