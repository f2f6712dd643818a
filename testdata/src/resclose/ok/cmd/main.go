// Command cmd runs one of its commands and ends: what they leave open is closed then.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "orders", RunE: func(cmd *cobra.Command, args []string) error {
		return list(args[0])
	}}
	if err := root.Execute(); err != nil {
		fmt.Println(err)
	}
	if err := writeReport("report.txt"); err != nil {
		fmt.Println(err)
	}
	for _, name := range os.Args {
		count(name)
	}
	http.HandleFunc("/log", serveLog)
	go follow("orders.log")
}

func list(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(os.Stdout, f); err != nil {
		return err
	}
	return f.Close()
}

func writeReport(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("orders"); err != nil {
		return err
	}
	return f.Close()
}

// count is called in a loop.
func count(name string) (int, error) {
	f, err := os.Open(name) // want `file from os.Open is not closed when the function returns at line \d+`
	if err != nil {
		return 0, err
	}
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); n++ {
		if s.Text() == "" {
			return 0, io.ErrUnexpectedEOF
		}
	}
	return n, f.Close()
}

// serveLog runs for each request.
func serveLog(w http.ResponseWriter, r *http.Request) {
	f, err := os.Open("orders.log") // want `file from os.Open is never closed: the function returns at line \d+`
	if err != nil {
		return
	}
	io.Copy(w, f)
}

// follow opens one after the other.
func follow(name string) {
	for {
		f, err := os.Open(name) // want `file from os.Open is not closed before the loop at line \d+ makes the call again`
		if err != nil {
			return
		}
		io.Copy(io.Discard, f)
	}
}
