// Command cmd ends when its connection cannot be made.
package main

import (
	"log"
	"net"
	"sync"
)

var connect = sync.OnceValues(func() (net.Conn, error) { return net.Dial("tcp", "localhost:1") }) // want `^OnceValues keeps the first failure of Dial \(called at line \d+\) for ever: nothing tries again$`

func main() {
	c, err := connect()
	if err != nil {
		log.Fatal(err)
	}
	c.Close()
}
