// Package frameworks lets engines of frameworks serve.
package frameworks

import (
	"net"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func ginByDefault() error {
	r := gin.New()
	return r.Run() // want `^r\.Run serves without time limits: a client that says nothing`
}

func ginAt(port string) error {
	r := gin.New()
	return r.Run(":" + port) // want `^r\.Run serves without time limits`
}

func ginTLS() error {
	return gin.New().RunTLS(":8443", "cert.pem", "key.pem") // want `RunTLS serves without time limits`
}

func ginListener() error {
	l, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	return gin.New().RunListener(l) // want `RunListener serves without time limits`
}

func ginHere() error { return gin.New().Run("127.0.0.1:8080") }

func ginAnywhere(addr string) error { return gin.New().Run(addr) } // want `Run serves without time limits`

// The package sets limits of the TLSServer alone.
func echoAt() error {
	e := echo.New()
	return e.Start(":8080") // want `^e\.Start serves without time limits`
}

func echoTLS() error {
	e := echo.New()
	limits(e)
	return e.StartTLS(":8443", "cert.pem", "key.pem")
}

func limits(e *echo.Echo) { e.TLSServer.ReadHeaderTimeout = 5 * time.Second }
