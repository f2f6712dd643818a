# leakvet runs the go command, so the image has Go, and a C compiler for cgo.
FROM golang:1.26-bookworm AS build
WORKDIR /leakvet
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o bin/leakvet ./cmd/leakvet

FROM golang:1.26-bookworm
# What is mounted belongs to somebody else, and git must read it for -new-from.
RUN git config --system --add safe.directory /src
COPY --from=build /leakvet/bin/leakvet /usr/local/bin/leakvet
# A volume at /go, where everybody may write, keeps modules and results.
ENV GOCACHE=/go/cache
USER nobody
WORKDIR /src
ENTRYPOINT ["leakvet"]
CMD ["./..."]
