// Command hello shows how to serve.
package main

import (
	"log"
	"net/http"
)

func main() {
	srv := &http.Server{Addr: ":8080"}
	go srv.ListenAndServe()
	log.Fatal(http.ListenAndServe(":8081", nil))
}
