//go:build cli

// Package cli pins the source of the Pulumi command in go.mod; nothing is compiled from this file.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
