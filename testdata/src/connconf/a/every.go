package a

import (
	"fmt"
	"net/http"
	"strconv"
)

func onEvery(port int) error {
	return http.ListenAndServe(":"+strconv.Itoa(port), nil) // want `http\.ListenAndServe serves without time limits`
}

func formatted(port int) error {
	return http.ListenAndServe(fmt.Sprintf(":%d", port), nil) // want `http\.ListenAndServe serves without time limits`
}

func configured(addr string) error {
	return http.ListenAndServe(addr, nil) // want `http\.ListenAndServe serves without time limits`
}
