package a

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type site struct{ router *gin.Engine }

func newSite() *site {
	s := &site{router: gin.New()}
	s.router.Use(func(c *gin.Context) {})
	s.router.GET("/page", s.page)
	return s
}

func (s *site) page(c *gin.Context) { s.headers(c) }

func (s *site) headers(c *gin.Context) {
	s.router.Use(func(c *gin.Context) {}) // want `^router only grows: headers adds one more in each call, and nothing removes any$`
}

func (s *site) serve() error {
	server := &http.Server{Handler: s.router}
	return server.ListenAndServe()
}
